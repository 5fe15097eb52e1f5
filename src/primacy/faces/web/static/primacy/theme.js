// Runs before the first paint, so that a chosen theme does not flash. Kept apart from primacy.js,
// which is a module and so runs later.
try {
  const theme = localStorage.getItem("primacy.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is closed to us: the system's theme stands.
}
