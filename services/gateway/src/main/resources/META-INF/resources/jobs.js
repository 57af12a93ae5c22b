// Speaks to /v1/jobs. Failures are thrown as problem details (RFC 9457), also when the server cannot be reached.

const JOBS = 'v1/jobs';

export const ended = job => ['SUCCEEDED', 'FAILED', 'CANCELLED'].includes(job.state);

// Seeds have 64 bits and JavaScript numbers 53: long ones are kept as text.
const parse = text => JSON.parse(text.replace(/"seed":\s*(\d{16,})/g, '"seed":"$1"'));

async function ask(path, options, again = 0) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    if (again > 0) return ask(path, options, again - 1);
    throw { detail: 'The server cannot be reached. Is SurStream still running?' };
  }
  const text = await response.text();
  let answer;
  try {
    answer = parse(text);
  } catch {
    throw { detail: `The server answered ${response.status} ${response.statusText}.` };
  }
  if (!response.ok) throw answer;
  return answer;
}

// crypto.randomUUID exists only on secure origins; this page may be served from a plain one.
const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), b => b.toString(16).padStart(2, '0')).join('');

// The key makes asking again after a lost answer harmless.
export const submitJob = body => ask(JOBS, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', 'Idempotency-Key': newKey() },
  body: JSON.stringify(body),
}, 1);
export const findJob = id => ask(`${JOBS}/${encodeURIComponent(id)}`);
export const cancelJob = id => ask(`${JOBS}/${encodeURIComponent(id)}`, { method: 'DELETE' });

/** Calls state(job), progress(steps) and lost(problem) until the job has ended; returns what ends the watch early. */
export function watchJob(id, { state, progress, lost }) {
  const events = new EventSource(`${JOBS}/${encodeURIComponent(id)}/events`);
  events.addEventListener('progress', event => progress(parse(event.data)));
  events.addEventListener('state', event => {
    const job = parse(event.data);
    if (ended(job)) events.close();
    state(job);
  });
  events.onerror = () => lost({
    detail: events.readyState === EventSource.CLOSED
      ? 'The server no longer knows this job.'
      : 'The connection was lost; trying again…',
  });
  events.onopen = () => lost({ detail: '' });
  return () => events.close();
}
