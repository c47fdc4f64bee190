from checking import Checks
from rust_calls import rust_module
from tables import check_calls


def case(name, limit, window, code, expected):
    return name, f'let mut gate = Gate::new({limit}, {window}).ok().unwrap(); {code}', expected


CASES = [
    case('entries are counted down', 3, 60, '(gate.enter("A7", 0), gate.enter("A7", 5), gate.enter("A7", 9))', '(Ok(2), Ok(1), Ok(0))'),
    case('a refused try says how long to wait', 2, 60, '(gate.enter("A7", 0), gate.enter("A7", 20), gate.enter("A7", 50))', '(Ok(1), Ok(0), Err(10))'),
    case('each pass has its own entries', 1, 60, '(gate.enter("A7", 0), gate.enter("B2", 1), gate.enter("A7", 2), gate.enter("B2", 2))', '(Ok(0), Ok(0), Err(58), Err(59))'),
    case('an entry counts until the window is over', 1, 60, '(gate.enter("A7", 10), gate.enter("A7", 69), gate.enter("A7", 70))', '(Ok(0), Err(1), Ok(0))'),
    case('a refused try is no entry', 2, 10, 'gate.enter("A7", 0); gate.enter("A7", 1); for now in 2..9 { gate.enter("A7", now); } (gate.enter("A7", 10), gate.enter("A7", 10), gate.enter("A7", 11))', '(Ok(0), Err(1), Ok(0))'),
    ('a limit of 0', 'Gate::new(0, 60).err()', 'Some("limit must be at least 1")'),
    ('a window of 0', '(Gate::new(2, 0).err(), Gate::new(1, 1).is_ok())', '(Some("window must be at least 1"), true)'),
    case('used entries', 5, 60, 'gate.enter("A7", 0); gate.enter("A7", 30); gate.enter("B2", 30); (gate.used("A7", 59), gate.used("A7", 60), gate.used("A7", 90), gate.used("C3", 90))', '(2, 1, 0, 0)'),
    case('a pass is forgotten', 1, 60, 'gate.enter("A7", 0); gate.enter("B2", 0); (gate.forget("A7"), gate.forget("A7"), gate.enter("A7", 1), gate.enter("B2", 1))', '(true, false, Ok(0), Err(59))'),
    case('the busiest pass', 5, 60, 'gate.enter("A7", 0); gate.enter("B2", 1); gate.enter("B2", 2); gate.busiest(3)', 'Some("B2")'),
    case('among equals the first in the alphabet', 5, 60, 'for pass in ["D4", "B2", "C3", "B1", "E5"] { gate.enter(pass, 0); } gate.busiest(3)', 'Some("B1")'),
    case('only entries that count make a pass busy', 5, 60, 'let none = gate.busiest(0); gate.enter("A7", 0); gate.enter("A7", 0); gate.enter("B2", 50); (none, gate.busiest(59), gate.busiest(60), gate.busiest(110))', '(None, Some("A7"), Some("B2"), None)'),
]

with Checks(total=len(CASES)) as checks, rust_module('gate.rs', CASES) as module:
    check_calls(checks, module.call, 'gate.rs', CASES)
