/** Real processes of the house, started and stopped by tests. */
package io.surstream.it.processes;
