// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <qcoro/qcorotask.h>

namespace base {

/// The one coroutine type. Fallible coroutines return `Task<Result<T>>`.
///
/// CONTRIBUTING.md lists the rules for `co_await` statements; a dropped Task keeps running, so a TaskScope owns it.
template <class T = void>
using Task = QCoro::Task<T>;

} // namespace base
