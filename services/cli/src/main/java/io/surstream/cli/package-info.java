/** The {@code surstream} command: one class for each subcommand, plus what they share at the terminal. */
package io.surstream.cli;
