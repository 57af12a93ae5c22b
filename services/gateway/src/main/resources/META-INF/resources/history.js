// What was drawn in this browser, newest first. Lives in local storage; works without it, then only for this visit.

const KEY = 'surstream.history';
const MOST = 60;
let memory = [];

export function remembered() {
  try {
    memory = JSON.parse(localStorage.getItem(KEY)) ?? memory;
  } catch {
    // Storage is off or holds something else: this visit's memory is all there is.
  }
  return Array.isArray(memory) ? memory : [];
}

function keep(jobs) {
  memory = jobs.slice(0, MOST);
  try {
    localStorage.setItem(KEY, JSON.stringify(memory));
  } catch {
    // Storage is off or full.
  }
}

const brief = job => ({
  id: job.id, prompt: job.prompt ?? '', state: job.state, image: job.images?.[0]?.url,
  adapter: job.adapter, adapter_revision: job.adapter_revision, failure: job.failure,
});

export const remember = job => keep([brief(job), ...remembered().filter(other => other.id !== job.id)]);
export const update = job => keep(remembered().map(other => (other.id === job.id ? brief(job) : other)));
export const forgetAll = () => keep([]);
