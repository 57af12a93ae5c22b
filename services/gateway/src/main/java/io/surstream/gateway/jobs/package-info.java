/** One state a job: the pure reducer, who watches jobs, and which of them are in flight. */
package io.surstream.gateway.jobs;
