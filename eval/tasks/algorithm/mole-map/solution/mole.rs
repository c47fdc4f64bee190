//! How soon does the mole reach the worm?

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::io::Read;

type Place = (usize, usize);

struct Map {
    minutes: Vec<Vec<Option<u64>>>,
    mole: Place,
    worm: Place,
}

fn read_map(text: &str) -> Option<Map> {
    let mut minutes = Vec::new();
    let mut moles = Vec::new();
    let mut worms = Vec::new();
    for (row, line) in text.trim_end().lines().enumerate() {
        let mut costs = Vec::new();
        for (column, sign) in line.chars().enumerate() {
            match sign {
                'M' => moles.push((row, column)),
                'W' => worms.push((row, column)),
                '#' | '.' | '2'..='9' => {}
                _ => return None,
            }
            costs.push(match sign {
                '#' => None,
                digit => Some(digit.to_digit(10).map_or(1, u64::from)),
            });
        }
        minutes.push(costs);
    }
    if moles.len() != 1 || worms.len() != 1 {
        return None;
    }
    Some(Map { minutes, mole: moles[0], worm: worms[0] })
}

fn quickest(map: &Map) -> Option<(u64, u64)> {
    let mut best: HashMap<Place, (u64, u64)> = HashMap::from([(map.mole, (0, 0))]);
    let mut waiting = BinaryHeap::from([Reverse(((0, 0), map.mole))]);
    while let Some(Reverse((so_far, place))) = waiting.pop() {
        if place == map.worm {
            return Some(so_far);
        }
        if best[&place] < so_far {
            continue;
        }
        let (row, column) = place;
        let around = [
            (row.wrapping_sub(1), column),
            (row + 1, column),
            (row, column.wrapping_sub(1)),
            (row, column + 1),
        ];
        for next in around {
            let cost = map.minutes.get(next.0).and_then(|costs| costs.get(next.1)).copied().flatten();
            let Some(cost) = cost else { continue };
            let reached = (so_far.0 + cost, so_far.1 + 1);
            if best.get(&next).is_none_or(|known| reached < *known) {
                best.insert(next, reached);
                waiting.push(Reverse((reached, next)));
            }
        }
    }
    None
}

fn main() {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).expect("the map is text");
    match read_map(&text) {
        None => println!("bad map"),
        Some(map) => match quickest(&map) {
            None => println!("no way"),
            Some((minutes, moves)) => println!("minutes: {minutes}\nmoves: {moves}"),
        },
    }
}
