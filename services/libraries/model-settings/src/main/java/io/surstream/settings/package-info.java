/** The model, device and number format that a service's settings name. */
package io.surstream.settings;
