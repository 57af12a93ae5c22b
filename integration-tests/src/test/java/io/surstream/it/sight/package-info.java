/** What an operator sees: metrics as running services tell them, dashboards and alerts that ask for them. */
package io.surstream.it.sight;
