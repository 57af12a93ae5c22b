/** First stage: what is asked, and why some of it cannot be answered. */
package io.surstream.teacher.validation;
