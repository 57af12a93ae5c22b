/** What must be tolerated: kills, restarts, processes that come and go, models that cannot be used. Oracle: no job lost, no second image set. */
package io.surstream.it.fault;
