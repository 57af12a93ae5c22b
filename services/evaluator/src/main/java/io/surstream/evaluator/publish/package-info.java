/** Reports as events. */
package io.surstream.evaluator.publish;
