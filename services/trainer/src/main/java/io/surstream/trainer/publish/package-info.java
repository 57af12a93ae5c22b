/** Fifth stage: progress and ends as events. */
package io.surstream.trainer.publish;
