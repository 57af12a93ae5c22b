/** What makes a prompt valid: limits, text, settings, and both JSON forms. */
package io.surstream.contract.prompt;
