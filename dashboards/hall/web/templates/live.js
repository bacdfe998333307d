(() => {
  const w = JSON.parse(document.getElementById('words').textContent);
  const main = document.getElementById(w.place || 'main'), line = document.getElementById('line');
  let heard = Date.now(), source = null, last = '';
  const say = (text) => { if (line.textContent !== text) line.textContent = text; };
  function fit() {
    const root = document.documentElement, over = () => root.scrollHeight > innerHeight + 2;
    root.style.removeProperty('--fit');
    for (let size = 97; size >= 55 && over(); size -= 3) root.style.setProperty('--fit', size / 100);
  }
  function connect() {
    source = new EventSource(w.stream);
    source.addEventListener('state', (event) => {
      const found = JSON.parse(event.data);
      heard = Date.now(); say('');
      if (w.moves !== undefined && found.moves !== w.moves) return location.replace(w.page);
      if (found.html !== last) { last = found.html; main.innerHTML = found.html; if (!w.place) fit(); }
    });
    source.addEventListener('beat', () => { heard = Date.now(); say(''); });
    source.addEventListener('gone', () => { source.close(); clearInterval(watch); say(w.gone); if (!w.place) main.innerHTML = ''; });
    source.onerror = again;
  }
  function again() { source.close(); say(w.lost); setTimeout(connect, 2000); }
  const watch = setInterval(() => { if (Date.now() - heard > 15000) { heard = Date.now(); again(); } }, 1000);
  if (!w.place) { fit(); addEventListener('resize', fit); }
  connect();
})();
