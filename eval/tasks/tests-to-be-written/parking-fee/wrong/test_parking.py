import unittest
from parking import parking_fee


class TestParkingFee(unittest.TestCase):
    def test_free(self):
        self.assertEqual(parking_fee(10), 0)

    def test_one_hour(self):
        self.assertEqual(parking_fee(45), 150)

    def test_two_hours(self):
        self.assertEqual(parking_fee(90), 300)

    def test_member(self):
        self.assertEqual(parking_fee(90, member=True), 150)


if __name__ == '__main__':
    unittest.main()
