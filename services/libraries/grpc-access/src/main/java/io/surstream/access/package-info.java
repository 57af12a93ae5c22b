/**
 * What every gRPC edge shares: who may call which method (the table, the settings that name callers, the check of each call), and
 * streams of requests that end when their process leaves.
 */
package io.surstream.access;
