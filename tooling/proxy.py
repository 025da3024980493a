"""Puts Odoo's processes behind one port, as a web server does in front of workers."""

import asyncio
import contextlib
import threading

HOST = "127.0.0.1"
# What a browser opens a connection of its own for. Longer paths are plain requests.
WEBSOCKET = b"/websocket"


@contextlib.contextmanager
def proxy(port, http_port, websocket_port, most):
    """Pass connections on while the block runs: websockets to a port of their own.

    :param int most: requests that are passed on at once; the others wait for their
        turn, as behind a web server with such a limit
    """
    turns = asyncio.Semaphore(most)

    async def connect(reader, writer):
        # Those that are still open when the block is left are cancelled.
        with contextlib.suppress(asyncio.CancelledError):
            await _pass_on(reader, writer, http_port, websocket_port, turns)

    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(asyncio.start_server(connect, HOST, port))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        loop.run_until_complete(_drop_connections())
        loop.close()


async def _drop_connections():
    """End what is still passed on."""
    connections = asyncio.all_tasks() - {asyncio.current_task()}
    for connection in connections:
        connection.cancel()
    await asyncio.gather(*connections, return_exceptions=True)


async def _pass_on(reader, writer, http_port, websocket_port, turns):
    """Pass on one connection, by the path of its first request."""
    with contextlib.suppress(ConnectionError, EOFError, asyncio.LimitOverrunError):
        line = await reader.readuntil(b"\n")
        path = line.split(b" ")[1].partition(b"?")[0] if b" " in line else b""
        if path == WEBSOCKET:
            await _connect(reader, writer, line, websocket_port)
        else:
            async with turns:
                await _connect(reader, writer, line, http_port)
    writer.close()


async def _connect(reader, writer, line, port):
    inner_reader, inner_writer = await asyncio.open_connection(HOST, port)
    inner_writer.write(line)
    await asyncio.gather(_copy(reader, inner_writer), _copy(inner_reader, writer))


async def _copy(reader, writer):
    """Copy what comes until its end, then end the other side too."""
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()
