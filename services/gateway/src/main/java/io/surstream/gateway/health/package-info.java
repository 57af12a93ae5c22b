/** Liveness and readiness of the job view. */
package io.surstream.gateway.health;
