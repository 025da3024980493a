from odoo.tests import BaseCase

from odoo.addons.livechat_command.tools import number as numbers


class TestNumber(BaseCase):
    def test_what_is_a_number(self):
        cases = {
            "HT00012 it broke": ("ht", "12", "it broke"),
            "ht12": ("ht", "12", ""),
            "#12 it broke": ("", "12", "it broke"),
            "#00012": ("", "12", ""),
            "#HT12: again": ("ht", "12", "again"),
            "HT/2024/00012 x": ("ht/2024/", "12", "x"),
            "ＨＴ００012 x": ("ht", "12", "x"),
            "HT00000": ("ht", "0", ""),
        }
        for argument, (prefix, digits, text) in cases.items():
            with self.subTest(argument=argument):
                number = numbers.Number(prefix, digits)
                self.assertEqual(numbers.read(argument), (number, text))

    def test_what_is_a_title(self):
        for argument in (
            "12",
            "12 mice",
            "#12abc",
            "#12abc broke",
            "#",
            "# 12",
            "Broken #12",
            "HT",
            "",
            "   ",
            "#" + "1" * 64,
            "x" * 70 + "12",
        ):
            with self.subTest(argument=argument):
                self.assertEqual(numbers.read(argument), (None, argument))

    def test_which_records_are_meant(self):
        number, _text = numbers.read("#12")
        for text in ("HT00012", "12", "#00012", "HT/2024/00012"):
            self.assertTrue(number.fits(text), text)
        for text in ("HT00120", "HT0001", "", "/", "HT12b"):
            self.assertFalse(number.fits(text), text)
        number, _text = numbers.read("T12")
        self.assertTrue(number.fits("T00012"))
        for text in ("HT00012", "12", "MT12"):
            self.assertFalse(number.fits(text), text)

    def test_prefix_of_a_sequence(self):
        number, _text = numbers.read("HT/2024/7")
        for prefix in ("HT/%(year)s/", "ht/%(range_year)s/", "HT/2024/"):
            self.assertTrue(number.begins_as(prefix), prefix)
        for prefix in ("", "HT", "HT/", "HT.%(year)s.", "%(year)s"):
            self.assertFalse(number.begins_as(prefix), prefix)
        self.assertFalse(numbers.read("#7")[0].begins_as(""))
