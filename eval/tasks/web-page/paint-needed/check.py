import contextlib

from browser import open_page, require_browser
from checking import Checks, exists

require_browser()
page = None


def shows(width, height, coats, expected):
    """Whether the page shows this once the three numbers are typed and the button is clicked."""
    for field, number in (('width', width), ('height', height), ('coats', coats)):
        page.fill(f'#{field}', number)
    page.click('#calculate')
    assert page.eventually(lambda: page.text('#result') == expected), f'it shows: {page.text("#result")}'
    return True


UNFILLED = 'Please fill in all numbers.'

with Checks(total=8) as checks, contextlib.ExitStack() as stack:
    if exists('paint.html'):
        page = stack.enter_context(open_page('paint.html'))
    else:
        checks.fail_all('there is no paint.html')
    checks.check(
        'the heading, the button and the empty answer',
        lambda: (
            'Paint needed' in page.texts('h1, h2, h3')
            and page.text('#calculate') == 'Calculate'
            and page.count('#result') == 1
            and page.text('#result') == ''
        ),
    )
    checks.check(
        'the three inputs, and one coat at the start',
        lambda: page.count('input#width') == page.count('input#height') == 1 and page.value('input#coats') == '1',
    )
    works = checks.check('the wall of the example', lambda: shows('5', '2.5', '2', 'You need 2.5 litres.'))
    works |= checks.check('another wall', lambda: shows('4', '3', '1', 'You need 1.2 litres.'))
    works |= checks.check('litres without a fraction', lambda: shows('10', '6', '3', 'You need 18.0 litres.'))
    works |= checks.check('litres with many decimals', lambda: shows('3.33', '2.1', '1', 'You need 0.7 litres.'))
    checks.check('an empty input', lambda: shows('4', '', '1', UNFILLED) and works and shows('4', '3', '2', 'You need 2.4 litres.'))
    checks.check(
        'a zero and a negative number',
        lambda: (
            shows('0', '3', '1', UNFILLED) and works and shows('4', '3', '2', 'You need 2.4 litres.') and shows('4', '-3', '-1', UNFILLED)
        ),
    )
