(() => {
  const get = (id) => JSON.parse(document.getElementById(id).textContent);
  const w = get('words'), main = document.getElementById('main'), line = document.getElementById('line');
  const query = '?lang=' + w.lang, LOST = 15000, AGAIN = 2500, APART = 550;
  let state = get('state'), sequence = state.sequence || 0, waiting = {}, guess = null;
  let sending = false, over = false, heard = Date.now(), source = null, timer = 0, next = 0;

  const say = (text) => { if (line.textContent !== text) line.textContent = text; };
  const here = () => { heard = Date.now(); if (line.textContent === w.lost) say(''); };

  function end() {
    over = true;
    if (source) source.close();
    main.innerHTML = '<h1 tabindex="-1"></h1>';
    main.firstChild.textContent = w.gone;
    main.firstChild.focus();
    say('');
  }

  function tell(input) {
    let words = [];
    const all = input.dataset.values.split('|').map((one) => {
      const own = one.replace(/^=/, '').split(' ');
      return (words = one[0] === '=' ? own : [...own, ...words.slice(own.length)]).join(' ');
    });
    const value = all[input.value - input.min];
    input.setAttribute('aria-valuetext', value);
    return value;
  }

  function bind() {
    const join = main.querySelector('[data-join]');
    if (join) join.action = w.path + '/join' + query;
    const form = main.querySelector('[data-guess]');
    if (form) {
      const input = form.querySelector('input'), told = form.querySelector('output');
      input.oninput = () => { told.textContent = tell(input); };
      form.onsubmit = (event) => { event.preventDefault(); guess = +input.value; send(); };
    }
    main.querySelectorAll('[data-lever]').forEach((box) => {
      const input = box.querySelector('input'), told = box.querySelector('output');
      input.oninput = () => { told.textContent = tell(input); };
      const choose = () => { told.textContent = tell(input); waiting[box.dataset.lever] = +input.value; send(); };
      input.onchange = choose;
      box.querySelector('[data-keep]').onclick = () => { input.value = box.dataset.start; choose(); };
    });
  }

  function show(found) {
    here();
    const is_new = found.key !== state.key;
    if (is_new) {
      const late = guess !== null || Object.keys(waiting).length;
      if ((found.phase !== state.phase || found.at !== state.at) && late) { waiting = {}; guess = null; say(w.late); }
      else if (line.textContent === w.saved) say('');
      main.innerHTML = found.html;
      bind();
      main.querySelector('h1').focus();
    }
    state = found;
    sequence = found.at === state.at ? Math.max(sequence, found.sequence) : found.sequence;
    if (!is_new) for (const [name, place] of Object.entries(found.places)) {
      const box = main.querySelector('[data-lever="' + name + '"]');
      if (!box || name in waiting) continue;
      const input = box.querySelector('input');
      if (+input.value !== place || !box.querySelector('output').textContent) {
        input.value = place;
        box.querySelector('output').textContent = tell(input);
      }
    }
  }

  function later(wait) { clearTimeout(timer); timer = setTimeout(send, wait); }

  async function send() {
    if (sending || over || (guess === null && !Object.keys(waiting).length)) return;
    const wait = next - Date.now();
    if (wait > 0) return later(wait);
    sending = true;
    next = Date.now() + APART;
    const sent = {at: state.at, phase: state.phase, sequence: ++sequence};
    const places = {...waiting}, mine = guess;
    if (state.phase === 'guess') sent.guess = mine; else sent.places = places;
    say(w.sending);
    let again = 0;
    try {
      const answer = await fetch(w.path + '/post', {method: 'POST', body: JSON.stringify(sent), signal: AbortSignal.timeout(8000)});
      if (answer.ok) {
        const found = await answer.json();
        heard = Date.now();
        if (found.counted) {
          for (const name in places) if (waiting[name] === places[name]) delete waiting[name];
          if (guess === mine) guess = null;
          say(w.saved);
        } else { again = APART; }
        sequence = Math.max(sequence, found.sequence);
      } else if (answer.status === 404) { end(); }
      else if (answer.status === 409) { waiting = {}; guess = null; say(w.late); ask(); }
      else if (answer.status === 429 || answer.status >= 500) { again = 1000; }
      else { waiting = {}; guess = null; say(w.wrong); }
    } catch (error) { say(w.lost); again = AGAIN; }
    sending = false;
    if (again || guess !== null || Object.keys(waiting).length) later(again || APART);
  }

  async function ask() {
    if (source) source.close();
    try {
      const answer = await fetch(w.path + '/state' + query, {signal: AbortSignal.timeout(8000)});
      if (answer.status === 404) return end();
      if (!answer.ok) throw 0;
      show(await answer.json());
      connect();
      send();
    } catch (error) { say(w.lost); clearTimeout(ask.timer); ask.timer = setTimeout(ask, AGAIN); }
  }

  function connect() {
    source = new EventSource(w.path + '/stream' + query);
    source.addEventListener('state', (event) => show(JSON.parse(event.data)));
    source.addEventListener('beat', here);
    source.addEventListener('gone', end);
    source.onerror = () => { source.close(); if (!over) { clearTimeout(ask.timer); ask.timer = setTimeout(ask, 500); } };
  }

  bind();
  if (!main.dataset.in) return;
  connect();
  setInterval(() => { if (!over && Date.now() - heard > LOST) { heard = Date.now(); say(w.lost); ask(); } }, 1000);
  document.addEventListener('visibilitychange', () => { if (!document.hidden && !over && Date.now() - heard > 3000) ask(); });
})();
