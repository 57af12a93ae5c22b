/** Start and stop of the services of a process. */
package io.surstream.serviceruntime.lifecycle;
