/** Noise schedules and step rules as in diffusers, and torch's CPU random numbers, in plain Java on float arrays. */
package io.surstream.schedulers;
