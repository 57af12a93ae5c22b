/** The service's settings. */
package io.surstream.trainer.config;
