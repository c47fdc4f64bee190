import unittest

from parking import parking_fee


class ParkingFee(unittest.TestCase):
    def test_up_to_thirty_minutes_are_free(self):
        self.assertEqual(parking_fee(0), 0)
        self.assertEqual(parking_fee(30), 0)

    def test_each_hour_that_has_begun_costs(self):
        for minutes, fee in [(31, 150), (59, 150), (60, 150), (61, 300), (120, 300), (121, 450)]:
            with self.subTest(minutes=minutes):
                self.assertEqual(parking_fee(minutes), fee)

    def test_no_stay_costs_more_than_the_highest_fee(self):
        self.assertEqual(parking_fee(480), 1200)
        self.assertEqual(parking_fee(481), 1200)
        self.assertEqual(parking_fee(900), 1200)

    def test_members_pay_half(self):
        self.assertEqual(parking_fee(30, member=True), 0)
        self.assertEqual(parking_fee(61, member=True), 150)
        self.assertEqual(parking_fee(900, member=True), 600)

    def test_negative_minutes_are_refused(self):
        with self.assertRaises(ValueError):
            parking_fee(-1)


if __name__ == "__main__":
    unittest.main()
