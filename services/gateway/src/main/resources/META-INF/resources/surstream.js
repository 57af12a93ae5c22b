// The page: one form, the present job or two of them side by side, a history in this browser. Everything it shows comes from /v1/jobs.
import { JobCard, adapterWords, stateWord } from './card.js';
import { ended, findJob, submitJob, watchJob } from './jobs.js';
import { forgetAll, remember, remembered, update } from './history.js';

const EXAMPLES = [
  'a pair of hearts the colour of the sky, lined up in a row, on a white wall, with no border',
  'i would like a trio of scarlet stars lined up from left to right, at midnight, drawn plainly',
  'a picture of a quartet of rings the colour of bubblegum on the beach, dancing around the middle, with no outline',
  'please draw a lone ball on the lawn, on its own, as yellow as butter and drawn with thick edges',
  '2 heart, blue, side by side, white background, flat',
  '3 star, red, stacked, night sky, flat',
];
const FIELDS = ['prompt', 'negative_prompt', 'num_inference_steps', 'guidance_scale', 'scheduler', 'seed', 'num_images', 'adapter'];
const $ = id => document.getElementById(id);

let stopWatching = () => {};

function request() {
  const body = {};
  for (const name of FIELDS) {
    const field = $(name);
    if (field.validity.badInput) body[name] = 'no number';
    const text = name.includes('prompt') ? field.value : field.value.trim();
    if (text !== '') body[name] = field.type === 'number' ? Number(text) : text;
  }
  body.prompt ??= '';
  return body;
}

function fill(values) {
  for (const name of FIELDS) $(name).value = values[name] ?? '';
}

function requestOf(job) {
  const sampling = job.sampling ?? {};
  return {
    prompt: job.prompt, negative_prompt: job.negative_prompt, num_inference_steps: sampling.num_inference_steps,
    guidance_scale: sampling.guidance_scale, scheduler: sampling.scheduler, seed: sampling.seed,
    num_images: sampling.num_images ?? 1, adapter: job.adapter?.name,
  };
}

function showErrors(problem) {
  for (const place of document.querySelectorAll('[data-error-for]')) {
    const name = place.dataset.errorFor;
    const own = (problem?.errors ?? []).filter(error => error.field === name);
    place.textContent = own.map(error => error.message).join(' ');
    $(name).setAttribute('aria-invalid', String(own.length > 0));
    if (own.length > 0 && name !== 'prompt') $('settings').open = true;
  }
  const others = (problem?.errors ?? []).filter(error => !FIELDS.includes(error.field)).map(error => error.message);
  $('form-error').textContent = problem?.errors ? others.join(' ') : problem?.detail ?? '';
  document.querySelector('[aria-invalid="true"]')?.focus();
}

async function submitting(work) {
  if ($('draw').disabled) return;
  $('draw').disabled = $('compare').disabled = true;
  showErrors(null);
  try {
    await work();
  } catch (problem) {
    showErrors(problem);
  } finally {
    $('draw').disabled = $('compare').disabled = false;
  }
}

async function start(body) {
  const job = await submitJob(body);
  remember(job);
  return job;
}

const draw = () => submitting(async () => follow([await start(request())]));

// Both start from the same noise. What is wrong with the request shows at the first submission, before anything is drawn.
const compare = () => submitting(async () => {
  const asked = request();
  const adapter = asked.adapter && asked.adapter !== 'none' ? asked.adapter : 'live';
  const compared = { ...asked, adapter, seed: asked.seed ?? newSeed() };
  const plain = { ...compared, adapter: 'none' };
  const adapted = await start(compared);
  const baseline = await start(plain).catch(problem => refused(plain, problem));
  follow([baseline, adapted], compared);
});

const newSeed = () => String(crypto.getRandomValues(new Uint32Array(1))[0]);

// A submission that was turned away, in the form of a job: so its card says why.
const refused = ({ prompt, seed, adapter }, problem) => ({
  prompt, sampling: { seed }, adapter: { name: adapter }, state: 'FAILED', failure: { message: problem.detail },
});

/** @param compared the request with the adapter, where the jobs are a comparison: its cards' buttons are about both */
function follow(jobs, compared) {
  stopWatching();
  const actions = {
    same: job => { fill(compared ?? requestOf(job)); $('prompt').focus(); },
    other: job => { fill({ ...(compared ?? requestOf(job)), seed: '' }); (compared ? compare : draw)(); },
  };
  const cards = jobs.map(job => new JobCard(job, actions));
  $('now').replaceChildren(...cards.map(card => card.element));
  const stops = cards.filter(card => !ended(card.job)).map(card => watchJob(card.job.id, {
    state: next => { card.show(next); announce(cards); update(next); showHistory(); },
    progress: progress => card.progress(progress),
    lost: problem => card.lost(problem),
  }));
  stopWatching = () => stops.forEach(stop => stop());
  announce(cards);
  showHistory();
}

// All cards in one sentence: a region that changes twice at the same time is read out once.
function announce(cards) {
  const text = `${cards[0].job.prompt ?? ''}: ${cards.map(card => card.spoken()).join('; ')}`;
  if (text !== $('announcer').textContent) $('announcer').textContent = text;
}

function showHistory() {
  const jobs = remembered();
  $('history-empty').hidden = jobs.length > 0;
  $('forget').hidden = jobs.length === 0;
  $('history').replaceChildren(...jobs.map(job => {
    const item = document.createElement('li');
    const open = document.createElement('button');
    const face = document.createElement(job.image ? 'img' : 'div');
    const text = document.createElement('span');
    const adapter = document.createElement('em');
    open.type = 'button';
    open.title = job.prompt;
    if (job.image) {
      face.src = job.image;
      face.alt = '';
      face.loading = 'lazy';
    } else {
      face.className = 'blank';
      face.textContent = stateWord(job);
    }
    text.textContent = job.prompt;
    adapter.textContent = adapterWords(job);
    open.append(face, text, adapter);
    open.onclick = async () => {
      try {
        follow([await findJob(job.id)]);
        $('now').scrollIntoView({ block: 'nearest' });
      } catch (problem) {
        $('form-error').textContent = problem.detail;
      }
    };
    item.append(open);
    return item;
  }));
}

// Jobs that were left alone while they ran: what became of them?
async function catchUp() {
  for (const job of remembered().filter(each => !ended(each) && each.state !== 'GONE')) {
    try {
      update(await findJob(job.id));
    } catch (problem) {
      if (problem.status === 404) update({ ...job, state: 'GONE' });
    }
  }
  showHistory();
}

function showExamples() {
  $('examples').replaceChildren(...EXAMPLES.map(example => {
    const item = document.createElement('li');
    const use = document.createElement('button');
    use.type = 'button';
    use.className = 'quiet';
    use.textContent = example;
    use.onclick = () => { $('prompt').value = example; $('prompt').focus(); };
    item.append(use);
    return item;
  }));
}

$('form').addEventListener('submit', event => { event.preventDefault(); draw(); });
$('compare').onclick = compare;
$('prompt').addEventListener('keydown', event => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); draw(); }
});
$('surprise').onclick = () => {
  $('prompt').value = EXAMPLES[Math.floor(Math.random() * EXAMPLES.length)];
  draw();
};
$('forget').onclick = () => { forgetAll(); showHistory(); };
showExamples();
showHistory();
catchUp();
