def migrate(cr, version):
    """Have the log tell what the next version writes: one name, and the argument."""
    cr.execute(
        r"""
        UPDATE discuss_command_run
           SET argument = NULLIF(regexp_replace(argument, '^/\S*\s*', ''), '')
         WHERE outcome IN ('usage', 'failed') AND argument LIKE '/%'
        """
    )
    cr.execute(
        """
        UPDATE discuss_command_run run
           SET command_name = '/' || command.name
          FROM discuss_command command
         WHERE command.id = run.command_id
           AND run.command_name <> '/' || command.name
        """
    )
