// Puts the frame on the page in the language of the window, so that the search box can be seen and typed into while the
// program is still on its way (src/app/first-frame.tsx drew it, src/shared/typed-early.ts takes over what was typed).
(function () {
  var root = document.getElementById('root');
  var drawn = document.querySelector('template[data-language="' + document.documentElement.lang + '"]');
  if (!drawn) return;
  root.appendChild(drawn.content.cloneNode(true));
  var box = root.querySelector('[data-search-box]');
  if (!box) return;
  box.addEventListener('compositionstart', function () {
    box.dataset.composing = 'yes';
  });
  box.addEventListener('compositionend', function () {
    delete box.dataset.composing;
  });
  box.focus();
})();
