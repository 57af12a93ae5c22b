/** Datasets: importing sources through a running curator, and what became of their items. */
package io.surstream.cli.dataset;
