// Decides the look before the first paint, so that a dark shop never flashes white.
// It reads what src/shared/appearance.ts wrote; the two must name the same keys.
(function () {
  var root = document.documentElement;
  var kept = {};
  try {
    kept = JSON.parse(localStorage.getItem('shukebu.appearance') || '{}') || {};
  } catch (_) {
    kept = {};
  }
  var agent = navigator.userAgent;
  root.dataset.system = /Windows/.test(agent) ? 'windows' : /Mac OS/.test(agent) ? 'mac' : 'linux';
  var dark = matchMedia('(prefers-color-scheme: dark)').matches;
  var theme = kept.theme || 'system';
  root.dataset.theme = theme === 'system' ? (dark ? 'dark' : 'light') : theme;
  root.dataset.scale = String(kept.scale || 100);
  root.dataset.contrast = kept.contrast || (matchMedia('(prefers-contrast: more)').matches ? 'high' : 'normal');
})();
