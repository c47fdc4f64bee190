import contextlib

from browser import open_page, require_browser
from checking import Checks, exists

require_browser()
page = None

SEATS = [f'{row}{number}' for row in 'ABCD' for number in range(1, 7)]


def click(*seats):
    for seat in seats:
        page.click(f'[data-seat="{seat}"]')
    return True


def summary(text):
    assert page.eventually(lambda: page.text('#summary') == text), f'it shows: {page.text("#summary")}'
    return True


def message(text):
    assert page.eventually(lambda: page.text('#message') == text), f'it says: {page.text("#message")}'
    return True


def pressed():
    return page.evaluate("[...document.querySelectorAll('button[data-seat][aria-pressed=true]')].map((button) => button.dataset.seat)")


def disabled():
    return page.evaluate(
        "[...document.querySelectorAll('button[data-seat]')].filter((button) => button.disabled).map((button) => button.dataset.seat)"
    )


def start(*seats):
    """Chooses these seats and no others. What was booked stays booked."""
    return page.reload() and click(*seats)


with Checks(total=15) as checks, contextlib.ExitStack() as stack:
    if exists('theatre.html') and exists('theatre.js'):
        page = stack.enter_context(open_page('theatre.html'))
    else:
        checks.fail_all('theatre.html or theatre.js is missing')
    checks.check(
        'a button for every seat, in order',
        lambda: (
            page.texts('button[data-seat]') == SEATS
            and page.evaluate("[...document.querySelectorAll('[data-seat]')].map((button) => button.dataset.seat)") == SEATS
        ),
    )
    checks.check('three of them are sold', lambda: disabled() == ['A3', 'A4', 'C2'])
    checks.check(
        'nothing is chosen at the start',
        lambda: (
            summary('No seats chosen.') and message('') and page.count('button[data-seat][aria-pressed=false]') >= 21 and pressed() == []
        ),
    )
    works = checks.check('a seat is chosen', lambda: click('A1') and summary('A1: 24 euros') and pressed() == ['A1'])
    works |= checks.check(
        'and given back',
        lambda: start('D6') and summary('D6: 16 euros') and click('D6') and summary('No seats chosen.') and pressed() == [],
    )
    checks.check('sorted, whatever the order', lambda: start('D1', 'B2', 'A6') and summary('A6, B2, D1: 64 euros'))
    checks.check(
        'four seats, a tenth off',
        lambda: start('A1', 'A2', 'B1') and summary('A1, A2, B1: 72 euros') and click('B2') and summary('A1, A2, B1, B2: 86 euros'),
    )
    checks.check('five seats, a tenth off', lambda: start('C1', 'C3', 'C4', 'D4', 'A5') and summary('A5, C1, C3, C4, D4: 79 euros'))

    def sixth():
        start('D1', 'D2', 'D3', 'D4', 'D5')
        summary('D1, D2, D3, D4, D5: 72 euros')
        click('D6')
        return message('At most 5 seats.') and summary('D1, D2, D3, D4, D5: 72 euros') and 'D6' not in pressed() and len(pressed()) == 5

    checks.check('no sixth seat', sixth)
    checks.check('the message goes away', lambda: works and sixth() and click('D2') and message('') and summary('D1, D3, D4, D5: 57 euros'))
    checks.check(
        'another seat in its place',
        lambda: works and sixth() and click('D1', 'A1') and message('') and summary('A1, D2, D3, D4, D5: 79 euros'),
    )

    def cleared():
        start('B1', 'C6')
        summary('B1, C6: 40 euros')
        page.click('#clear')
        return summary('No seats chosen.') and pressed() == [] and click('B1') and summary('B1: 24 euros')

    checks.check('clear', lambda: page.text('#clear') == 'Clear' and cleared())

    def book_is_disabled():
        return page.evaluate("document.getElementById('book').disabled")

    def bookable():
        start()
        before = book_is_disabled()
        click('B6')
        return (
            summary('B6: 24 euros') and [before, book_is_disabled()] == [True, False] and click('B6') and page.eventually(book_is_disabled)
        )

    checks.check('nothing to book without a seat', lambda: page.text('#book') == 'Book' and bookable())

    def booked():
        start('C5', 'A6')
        page.click('#book')
        return message('Booked: A6, C5') and summary('No seats chosen.') and disabled() == ['A3', 'A4', 'A6', 'C2', 'C5']

    checks.check('seats are booked', booked)

    def still_booked():
        start('B5')
        page.click('#book')
        page.eventually(lambda: 'B5' in disabled())
        page.reload()
        click('B5')
        return summary('No seats chosen.') and {'A3', 'A4', 'B5', 'C2'} <= set(disabled()) and 'A1' not in disabled()

    checks.check('booked seats stay sold after a reload', still_booked)
