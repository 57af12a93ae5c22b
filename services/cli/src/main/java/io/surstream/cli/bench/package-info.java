/** What {@code surstream bench} measures, and how it reports it. */
package io.surstream.cli.bench;
