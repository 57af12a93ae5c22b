/** Last stage: hidden states as the events that carry them. */
package io.surstream.teacher.publish;
