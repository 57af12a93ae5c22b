/** First stage: a request is checked, all problems together, and becomes an order that the store keeps. */
package io.surstream.trainer.validation;
