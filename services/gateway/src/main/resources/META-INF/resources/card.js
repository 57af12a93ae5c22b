// One job as an article: its state, progress, images, settings and what went wrong.
import { cancelJob, ended } from './jobs.js';

const WORDS = {
  SUBMITTED: 'Waiting', ENCODED: 'Prompt read', SAMPLING: 'Drawing',
  SUCCEEDED: 'Done', FAILED: 'Failed', CANCELLED: 'Cancelled', GONE: 'Gone',
};
const CHANNELS = ['live', 'canary'];

// An empty channel is no fault of the prompt nor of the service: there is just nothing to draw with yet.
const adapterMissing = job => job.failure?.type === 'UNKNOWN_ADAPTER' && CHANNELS.includes(job.adapter?.name);

export const stateWord = job => (adapterMissing(job) ? 'No adapter' : WORDS[job.state] ?? job.state ?? '…');

/** "without adapter" or "with adapter REVISION"; nothing where the prompt left the choice to the service. */
export function adapterWords(job) {
  const name = job.adapter?.name;
  if (!name) return '';
  return name === 'none' ? 'without adapter' : `with adapter ${job.adapter_revision ?? name}`;
}

function reason(job) {
  if (adapterMissing(job)) {
    return `There is no ${job.adapter.name} adapter yet. `
      + 'Train or import one and promote it (./surstream adapters), then try again.';
  }
  return job.failure ? job.failure.message || `${job.failure.type} at ${job.failure.stage}` : job.cancel_reason ?? '';
}

export class JobCard {
  /** @param actions what the buttons under an ended job do: same(job) and other(job) */
  constructor(job, { same, other }) {
    this.element = document.getElementById('job-template').content.firstElementChild.cloneNode(true);
    this.find('.cancel').onclick = async () => {
      try {
        this.show(await cancelJob(job.id));
      } catch (problem) {
        this.find('.reason').textContent = problem.detail;
      }
    };
    this.find('.same').onclick = () => same(this.job);
    this.find('.other').onclick = () => other(this.job);
    this.show(job);
  }

  find(selector) {
    return this.element.querySelector(selector);
  }

  show(job) {
    const missing = adapterMissing(job);
    this.job = job;
    this.find('h3').textContent = job.prompt ?? job.id;
    this.find('.caption').textContent = adapterWords(job);
    this.find('.badge').textContent = stateWord(job);
    this.find('.badge').dataset.state = missing ? 'MISSING' : job.state;
    this.find('.track').hidden = ended(job);
    this.find('.again').hidden = !ended(job);
    this.find('.reason').textContent = reason(job);
    this.find('.reason').classList.toggle('error', !missing);
    this.find('.reason').classList.toggle('hint', missing);
    this.element.setAttribute('aria-label', [job.prompt ?? job.id, adapterWords(job)].filter(Boolean).join(', '));
    this.progress(job.progress ?? {});
    this.find('.images').replaceChildren(...(job.images ?? []).map(image => imageElement(job, image)));
    this.find('.facts').replaceChildren(...facts(job));
  }

  progress({ steps_done: done = 0, steps_total: total = 0 }) {
    const bar = this.find('progress');
    bar.setAttribute('aria-label', `Steps done ${adapterWords(this.job)}`.trim());
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

  /** The state as it is read out. */
  spoken() {
    const parts = [adapterWords(this.job), this.find('.badge').textContent, reason(this.job)];
    return parts.filter(Boolean).join(': ');
  }
}

function imageElement(job, image) {
  const figure = document.createElement('figure');
  const link = document.createElement('a');
  const img = document.createElement('img');
  const caption = document.createElement('figcaption');
  link.href = img.src = image.url;
  link.target = '_blank';
  img.alt = [job.prompt ?? 'generated image', adapterWords(job)].filter(Boolean).join(', ');
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
