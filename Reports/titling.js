'use strict';
// What the recording is called: it stands at the head of the page, and is corrected there.

const heading = document.querySelector('.masthead h1');

/** The title after corrections; without one, the name of the file. */
function showTitle({ title }) {
  const now = title ?? data.source.stem;
  if (now === data.title) return;
  data.title = now;
  heading.textContent = shownText(now);
  document.title = `${shownText(now)}: transcript`;
}

function editTitle() {
  keepOpenForm();
  const { title } = transcript();
  const field = make('input', { value: title ?? '', placeholder: data.source.stem, ariaLabel: 'Title', autocomplete: 'off', dir: 'auto' });
  const form = make('form', { className: 'editor' }, field, formButtons());
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const after = field.value.trim() || null;
    keepForm(form, after === title ? [] : [{ kind: 'title', before: title, after }], 'Title corrected');
  });
  heading.parentElement.classList.add('editing');
  showForm(form, heading.parentElement, 'title', () => { heading.parentElement.classList.remove('editing'); retitle.focus({ preventScroll: true }); });
}

const retitle = makeButton('✎', 'Correct the title', editTitle);
retitle.className = 'retitle';
heading.after(retitle);
