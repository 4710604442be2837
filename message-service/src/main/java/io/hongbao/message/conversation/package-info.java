/// What a user sees of a group: unread, read marks, settings, the conversation list.
@NullMarked
package io.hongbao.message.conversation;

import org.jspecify.annotations.NullMarked;
