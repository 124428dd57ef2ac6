// Decides the look before the first paint, so that a dark shop never flashes white.
// It reads what src/shared/appearance.ts wrote and names the language as src/i18n/index.ts does; a test compares them.
(function () {
  function spoken(tags) {
    for (var n = 0; n < tags.length; n++) {
      if (/^zh\b.*(hant|tw|hk|mo)/i.test(tags[n])) return 'zh-Hant';
      if (/^zh/i.test(tags[n])) return 'zh-Hans';
      if (/^en/i.test(tags[n])) return 'en';
    }
    return 'zh-Hans';
  }
  var root = document.documentElement;
  var kept = {};
  try {
    kept = JSON.parse(localStorage.getItem('shukebu.appearance') || '{}') || {};
  } catch (_) {
    kept = {};
  }
  var agent = navigator.userAgent;
  root.dataset.system = /Windows/.test(agent) ? 'windows' : /Mac OS/.test(agent) ? 'mac' : 'linux';
  root.lang = kept.language || spoken(navigator.languages);
  var dark = matchMedia('(prefers-color-scheme: dark)').matches;
  var theme = kept.theme || 'system';
  root.dataset.theme = theme === 'system' ? (dark ? 'dark' : 'light') : theme;
  root.dataset.scale = String(kept.scale || 100);
  root.dataset.contrast = kept.contrast || (matchMedia('(prefers-contrast: more)').matches ? 'high' : 'normal');
})();
