def story_keys(t): return []
