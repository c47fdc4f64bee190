from checking import Checks, call_node
from tables import check_calls


def case(name, limit, code, expected):
    """The code sees a history that begins with "a", `counts()`, which is the state, the steps back and the steps forward, and `said(action)`."""
    start = (
        f'const history = new SketchHistory("a"{limit});\n'
        'const counts = () => [history.current, history.undoCount, history.redoCount];\n'
        'const said = (action) => { try { return action(); } catch (error) { return `${error.name}: ${error.message}`; } };\n'
        'const record = (...states) => states.forEach((state) => history.record(state));\n'
    )
    return name, start + code, expected


ALL_LIMITS = """
const said = [];
for (const limit of [0, -1, 2.5, NaN]) {
  try { new SketchHistory("a", limit); said.push(`took ${limit}`); } catch (error) { said.push(error.name + ": " + error.message); }
}
return [...new Set(said)];
"""
OBJECTS = """
const one = { line: 1 }, same = { line: 1 };
const history = new SketchHistory(one);
history.record(same);
return [history.undoCount, history.undo() === one, history.redo() === same];
"""
CASES = [
    case('it begins with the first state', '', 'return counts();', ['a', 0, 0]),
    case('states are recorded', '', 'record("b", "c"); return counts();', ['c', 2, 0]),
    case('undo', '', 'record("b", "c"); return [history.undo(), history.undo(), counts()];', ['b', 'a', ['a', 0, 2]]),
    case('redo', '', 'record("b", "c"); history.undo(); history.undo(); return [history.redo(), counts()];', ['b', ['b', 1, 1]]),
    case('nothing to undo', '', 'record("b"); return [history.undo(), said(() => history.undo()), counts()];', ['a', 'Error: nothing to undo', ['a', 0, 1]]),
    case('nothing to redo', '', 'record("b"); return [said(() => history.redo()), history.undo(), history.redo(), said(() => history.redo())];', ['Error: nothing to redo', 'a', 'b', 'Error: nothing to redo']),
    case('recording forgets what was undone', '', 'record("b", "c"); history.undo(); record("d"); return [counts(), history.undo()];', [['d', 2, 0], 'b']),
    case('the oldest step is forgotten', ', 2', 'record("b", "c", "d"); return [counts(), history.undo(), history.undo(), history.undoCount];', [['d', 2, 0], 'c', 'b', 0]),
    case('twenty steps if no limit is given', '', 'for (let n = 0; n < 30; n += 1) record(n); return counts();', [29, 20, 0]),
    case('the present state again does nothing', '', 'record("b", "c"); history.undo(); record("b"); return counts();', ['b', 1, 1]),
    case('moving back and forward', '', 'record("b", "c", "d"); return [history.move(-2), history.current, history.move(1), counts()];', [2, 'b', 1, ['c', 2, 1]]),
    case('moving only as far as possible', ', 2', 'record("b", "c", "d"); return [history.move(-5), history.current, history.move(9), history.current, history.move(0)];', [2, 'b', 2, 'd', 0]),
    ('limits that are refused', ALL_LIMITS, ['RangeError: limit must be at least 1']),
    ('equal objects are two states', OBJECTS, [1, True, True]),
]

with Checks(total=len(CASES)) as checks:
    check_calls(checks, call_node, 'history.ts', CASES)
