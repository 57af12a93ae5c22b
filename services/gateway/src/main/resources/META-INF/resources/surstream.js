// The page: one form, one present job, a history in this browser. Everything it shows comes from /v1/jobs.
import { cancelJob, findJob, submitJob, watchJob } from './jobs.js';
import { forgetAll, remember, remembered, update } from './history.js';

const EXAMPLES = [
  '2 heart, blue, side by side, white background, flat',
  '3 star, red, in a row, night sky, flat, centered',
  'three stars the colour of blood lined up in the dark',
  'a lonely yellow circle on a plain white page',
  'four green triangles standing in a row',
];
const WORDS = {
  SUBMITTED: 'Waiting', ENCODED: 'Prompt read', SAMPLING: 'Drawing',
  SUCCEEDED: 'Done', FAILED: 'Failed', CANCELLED: 'Cancelled', GONE: 'Gone',
};
const FIELDS = ['prompt', 'negative_prompt', 'steps', 'guidance_scale', 'scheduler', 'seed', 'num_images', 'adapter'];
const ended = job => ['SUCCEEDED', 'FAILED', 'CANCELLED'].includes(job.state);
const $ = id => document.getElementById(id);

let stopWatching = () => {};
let announced = '';

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

function fill(job) {
  const sampling = job.sampling ?? {};
  const values = {
    prompt: job.prompt, negative_prompt: job.negative_prompt, steps: sampling.num_inference_steps,
    guidance_scale: sampling.guidance_scale, scheduler: sampling.scheduler, seed: sampling.seed,
    num_images: sampling.num_images ?? 1, adapter: job.adapter?.name,
  };
  for (const name of FIELDS) $(name).value = values[name] ?? '';
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

async function draw(event) {
  event?.preventDefault();
  $('draw').disabled = true;
  showErrors(null);
  try {
    const job = await submitJob(request());
    remember(job);
    follow(job);
  } catch (problem) {
    showErrors(problem);
  } finally {
    $('draw').disabled = false;
  }
}

function follow(job) {
  stopWatching();
  const card = new JobCard(job);
  $('now').replaceChildren(card.element);
  card.show(job);
  stopWatching = ended(job) ? () => {} : watchJob(job.id, {
    state: next => { card.show(next); update(next); showHistory(); },
    progress: progress => card.progress(progress),
    lost: problem => card.lost(problem),
  });
  showHistory();
}

class JobCard {
  constructor(job) {
    this.element = $('job-template').content.firstElementChild.cloneNode(true);
    this.find('.cancel').onclick = async () => {
      try {
        this.show(await cancelJob(job.id));
      } catch (problem) {
        this.find('.reason').textContent = problem.detail;
      }
    };
    this.find('.same').onclick = () => { fill(this.job); $('prompt').focus(); };
    this.find('.other').onclick = () => { fill(this.job); $('seed').value = ''; draw(); };
  }

  find(selector) {
    return this.element.querySelector(selector);
  }

  show(job) {
    this.job = job;
    this.find('h3').textContent = job.prompt ?? job.id;
    this.find('.badge').textContent = WORDS[job.state] ?? job.state;
    this.find('.badge').dataset.state = job.state;
    this.find('.track').hidden = ended(job);
    this.find('.again').hidden = !ended(job);
    this.find('.reason').textContent = job.failure
      ? job.failure.message || `${job.failure.type} at ${job.failure.stage}`
      : job.cancel_reason ?? '';
    this.progress(job.progress ?? {});
    this.find('.pictures').replaceChildren(...(job.images ?? []).map(image => picture(job, image)));
    this.find('.facts').replaceChildren(...facts(job));
    this.announce(`${WORDS[job.state]}: ${job.prompt ?? ''}`);
  }

  progress({ steps_done: done = 0, steps_total: total = 0 }) {
    const bar = this.find('progress');
    bar.setAttribute('aria-label', 'Steps done');
    if (total > 0) {
      bar.max = total;
      bar.value = done;
    } else {
      bar.removeAttribute('value');
    }
    this.find('.track-text').textContent = total > 0 ? `step ${done} of ${total}` : 'in the queue';
  }

  lost(problem) {
    this.find('.reason').textContent = problem.detail;
  }

  announce(text) {
    if (text !== announced) $('announcer').textContent = announced = text;
  }
}

function picture(job, image) {
  const figure = document.createElement('figure');
  const link = document.createElement('a');
  const img = document.createElement('img');
  const caption = document.createElement('figcaption');
  link.href = img.src = image.url;
  link.target = '_blank';
  img.alt = job.prompt ?? 'generated picture';
  img.width = image.width;
  img.height = image.height;
  if (image.width <= 128) img.dataset.small = '';
  caption.textContent = `seed ${image.seed ?? '?'} · ${image.width} × ${image.height}`;
  link.append(img);
  figure.append(link, caption);
  return figure;
}

function facts(job) {
  const sampling = job.sampling ?? {};
  const took = ended(job) && job.submitted_at ? (new Date(job.updated_at) - new Date(job.submitted_at)) / 1000 : null;
  const rows = {
    not: job.negative_prompt, steps: sampling.num_inference_steps, guidance: sampling.guidance_scale,
    scheduler: sampling.scheduler, seed: sampling.seed, adapter: job.adapter_revision ?? job.adapter?.name,
    model: job.model_revision, took: took === null ? null : `${took.toFixed(1)} s`,
  };
  return Object.entries(rows).filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([name, value]) => {
      const row = document.createElement('div');
      const term = document.createElement('dt');
      const text = document.createElement('dd');
      term.textContent = name;
      text.textContent = value;
      row.append(term, text);
      return row;
    });
}

function showHistory() {
  const jobs = remembered();
  $('history-empty').hidden = jobs.length > 0;
  $('forget').hidden = jobs.length === 0;
  $('history').replaceChildren(...jobs.map(job => {
    const item = document.createElement('li');
    const open = document.createElement('button');
    const face = document.createElement(job.picture ? 'img' : 'div');
    const text = document.createElement('span');
    open.type = 'button';
    open.title = job.prompt;
    if (job.picture) {
      face.src = job.picture;
      face.alt = '';
      face.loading = 'lazy';
    } else {
      face.className = 'blank';
      face.textContent = WORDS[job.state] ?? '…';
    }
    text.textContent = job.prompt;
    open.append(face, text);
    open.onclick = async () => {
      try {
        follow(await findJob(job.id));
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

$('form').addEventListener('submit', draw);
$('prompt').addEventListener('keydown', event => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) draw(event);
});
$('surprise').onclick = () => {
  $('prompt').value = EXAMPLES[Math.floor(Math.random() * EXAMPLES.length)];
  draw();
};
$('forget').onclick = () => { forgetAll(); showHistory(); };
showExamples();
showHistory();
catchUp();
