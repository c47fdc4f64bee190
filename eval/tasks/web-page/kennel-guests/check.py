import contextlib

from browser import open_page, require_browser
from checking import Checks, exists

require_browser()
page = None


def add(dog, nights, by='button'):
    page.fill('#dog', dog)
    page.fill('#nights', nights)
    return page.click('#add') if by == 'button' else page.press(by)


def guests():
    """What stands in the list, without the words of the buttons."""
    return [text.removesuffix('Remove').rstrip() for text in page.texts('ul#guests > li')]


def shows(total, *expected):
    """Whether these dogs stay, and cost so much."""
    if page.eventually(lambda: guests() == list(expected) and page.text('#total') == f'Total: {total} euros'):
        return True
    raise AssertionError(f'{guests()} {page.text("#total")}')


def complains(dog, nights, message):
    """Whether this is refused with a message, and the list stays as it was."""
    before = guests()
    add(dog, nights)
    assert page.eventually(lambda: page.text('#error') == message), f'it says: {page.text("#error")}'
    return guests() == before


with Checks(total=14) as checks, contextlib.ExitStack() as stack:
    if exists('kennel.html'):
        page = stack.enter_context(open_page('kennel.html'))
    else:
        checks.fail_all('there is no kennel.html')
    checks.check(
        'nobody at the start',
        lambda: (
            page.count('input#dog') == page.count('input#nights') == page.count('ul#guests') == 1
            and page.text('#add') == 'Add'
            and page.text('#error') == ''
            and shows(0)
        ),
    )
    works = checks.check('a dog is added', lambda: add('Bello', '3') and shows(54, 'Bello, 3 nights'))
    checks.check('both inputs are empty again', lambda: works and page.value('#dog') == page.value('#nights') == '')
    checks.check('another dog, one night', lambda: add('Luna', '1') and shows(72, 'Bello, 3 nights', 'Luna, 1 night'))
    checks.check(
        'Enter does the same', lambda: add('Rex', '2', by='Enter') and page.eventually(lambda: guests().count('Rex, 2 nights') == 1)
    )
    checks.check('no name', lambda: complains('', '2', 'Please give a name.') and complains('   ', '0', 'Please give a name.'))
    checks.check(
        'no number of nights',
        lambda: complains('Wolf', '', 'Please give a number of nights.') and complains('Wolf', '0', 'Please give a number of nights.'),
    )
    checks.check(
        'no whole number of nights',
        lambda: complains('Wolf', '2.5', 'Please give a number of nights.') and complains('Wolf', '-1', 'Please give a number of nights.'),
    )
    checks.check(
        'the error goes away, spaces are cut off',
        lambda: (
            complains('', '4', 'Please give a name.')
            and add('  Wolf  ', '4')
            and page.eventually(lambda: 'Wolf, 4 nights' in guests() and page.text('#error') == '')
            and page.evaluate("document.querySelector('ul#guests > li:last-child').textContent.trim().startsWith('Wolf,')")
        ),
    )
    checks.check(
        'names that look like HTML',
        lambda: (
            add('<b>Max</b> & <img src=x>', '1')
            and page.eventually(lambda: '<b>Max</b> & <img src=x>, 1 night' in guests())
            and page.count('#guests b, #guests img') == 0
        ),
    )

    def button_of(dog):
        """Where the button of a dog is among all buttons of the list."""
        place = [text.split(',')[0] for text in guests()].index(dog)
        assert page.texts('ul#guests > li button')[place] == 'Remove'
        return place

    checks.check(
        'one dog is removed',
        lambda: (
            page.click('#guests > li button', button_of('Bello'))
            and page.eventually(lambda: guests() and not any('Bello' in one for one in guests()))
        ),
    )
    checks.check(
        'of two dogs with one name only one',
        lambda: (
            add('Luna', '5')
            and page.eventually(lambda: 'Luna, 5 nights' in guests())
            and page.click('#guests > li button', button_of('Luna'))
            and page.eventually(lambda: [one for one in guests() if 'Luna' in one] == ['Luna, 5 nights'])
        ),
    )

    def outlive_a_reload():
        before, total = guests(), page.text('#total')
        page.reload()
        assert len(before) > 1
        return page.eventually(lambda: guests() == before and page.text('#total') == total)

    def kept():
        if outlive_a_reload():
            return True
        # Seen with a page that is right: now and then the browser itself has forgotten everything. It does not twice.
        add('Nero', '2')
        add('Asta', '3')
        return outlive_a_reload()

    checks.check('the dogs are still there after a reload', kept)

    def emptied():
        while guests():
            left = len(guests())
            page.click('#guests > li button')
            assert page.eventually(lambda: len(guests()) < left)
        page.reload()
        return shows(0)

    checks.check('what was removed stays away after a reload', lambda: works and kept() and emptied())
