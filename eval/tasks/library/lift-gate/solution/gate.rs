//! A gate that lets each pass in only a few times within a stretch of time.

use std::collections::BTreeMap;

pub struct Gate {
    limit: usize,
    window: u64,
    entries: BTreeMap<String, Vec<u64>>,
}

impl Gate {
    pub fn new(limit: usize, window: u64) -> Result<Gate, String> {
        if limit == 0 {
            return Err("limit must be at least 1".to_string());
        }
        if window == 0 {
            return Err("window must be at least 1".to_string());
        }
        Ok(Gate { limit, window, entries: BTreeMap::new() })
    }

    pub fn enter(&mut self, pass: &str, now: u64) -> Result<usize, u64> {
        let window = self.window;
        let used = self.used(pass, now);
        if used >= self.limit {
            let times = &self.entries[pass];
            let oldest = times[times.len() - self.limit];
            return Err(window - (now - oldest));
        }
        self.entries.entry(pass.to_string()).or_default().push(now);
        Ok(self.limit - used - 1)
    }

    pub fn used(&self, pass: &str, now: u64) -> usize {
        self.entries.get(pass).map_or(0, |times| self.counting(times, now))
    }

    pub fn forget(&mut self, pass: &str) -> bool {
        self.entries.remove(pass).is_some()
    }

    pub fn busiest(&self, now: u64) -> Option<String> {
        let mut best: Option<(&String, usize)> = None;
        for (pass, times) in &self.entries {
            let count = self.counting(times, now);
            if count > best.map_or(0, |(_, most)| most) {
                best = Some((pass, count));
            }
        }
        best.map(|(pass, _)| pass.clone())
    }

    fn counting(&self, times: &[u64], now: u64) -> usize {
        times.iter().filter(|time| now - **time < self.window).count()
    }
}
