/** What every command does at the terminal: progress, and refusals in one line. */
package io.surstream.cli.terminal;
