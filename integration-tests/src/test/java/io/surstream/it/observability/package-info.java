/** What an operator sees: metrics as running services tell them, dashboards and alerts that ask for them, traces and logs. */
package io.surstream.it.observability;
