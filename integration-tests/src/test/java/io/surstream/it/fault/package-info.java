/** What must be tolerated: kills, restarts, processes that come and go. Oracle: no job lost, no second image set. */
package io.surstream.it.fault;
