use std::collections::HashMap;

pub struct Gate {
    limit: usize,
    window: u64,
    entries: HashMap<String, Vec<u64>>,
}

impl Gate {
    pub fn new(limit: usize, window: u64) -> Result<Gate, String> {
        if limit < 1 {
            return Err("limit must be at least 1".to_string());
        }
        Ok(Gate { limit, window, entries: HashMap::new() })
    }

    pub fn enter(&mut self, pass: &str, now: u64) -> Result<usize, u64> {
        let window = self.window;
        let times = self.entries.entry(pass.to_string()).or_insert_with(Vec::new);
        times.retain(|t| now - *t <= window);
        if times.len() < self.limit {
            times.push(now);
            Ok(self.limit - times.len())
        } else {
            Err(window - (now - times[0]))
        }
    }

    pub fn used(&self, pass: &str, _now: u64) -> usize {
        self.entries.get(pass).map(|t| t.len()).unwrap_or(0)
    }

    pub fn forget(&mut self, pass: &str) -> bool {
        self.entries.remove(pass).is_some()
    }

    pub fn busiest(&self, now: u64) -> Option<String> {
        self.entries
            .iter()
            .max_by_key(|(_, times)| times.iter().filter(|t| now - **t < self.window).count())
            .map(|(pass, _)| pass.clone())
    }
}
