/** What a run learns from: frozen features of examples, their order, and the noise that each step adds. */
package io.surstream.training.examples;
