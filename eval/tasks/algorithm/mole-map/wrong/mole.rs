use std::collections::VecDeque;
use std::io::{self, BufRead};

fn main() {
    let stdin = io::stdin();
    let grid: Vec<Vec<char>> = stdin
        .lock()
        .lines()
        .map(|l| l.unwrap().chars().collect::<Vec<char>>())
        .filter(|l| !l.is_empty())
        .collect();

    let mut start = None;
    let mut end = None;
    for (r, row) in grid.iter().enumerate() {
        for (c, ch) in row.iter().enumerate() {
            if *ch == 'M' {
                start = Some((r, c));
            } else if *ch == 'W' {
                end = Some((r, c));
            }
        }
    }
    if start.is_none() || end.is_none() {
        println!("bad map");
        return;
    }
    let start = start.unwrap();
    let end = end.unwrap();

    let mut queue = VecDeque::new();
    let mut visited = vec![vec![false; grid[0].len()]; grid.len()];
    queue.push_back((start.0, start.1, 0, 0));
    visited[start.0][start.1] = true;
    while let Some((r, c, minutes, moves)) = queue.pop_front() {
        if (r, c) == end {
            println!("minutes: {}", minutes);
            println!("moves: {}", moves);
            return;
        }
        let directions: [(i32, i32); 4] = [(0, 1), (1, 0), (0, -1), (-1, 0)];
        for (dr, dc) in directions.iter() {
            let nr = r as i32 + dr;
            let nc = c as i32 + dc;
            if nr < 0 || nc < 0 || nr >= grid.len() as i32 || nc >= grid[0].len() as i32 {
                continue;
            }
            let (nr, nc) = (nr as usize, nc as usize);
            if grid[nr][nc] == '#' || visited[nr][nc] {
                continue;
            }
            visited[nr][nc] = true;
            let cost = grid[nr][nc].to_digit(10).unwrap_or(1);
            queue.push_back((nr, nc, minutes + cost, moves + 1));
        }
    }
    println!("no way");
}
