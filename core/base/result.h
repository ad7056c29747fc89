// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"

#include <tl/expected.hpp>

#include <utility>

namespace base {

/// A value or the reason why there is none.
template <class T>
using Result = tl::expected<T, Error>;

/// A failure to return from a function whose result is any `Result<T>`.
inline tl::unexpected<Error> failed(ErrorCode code, QString detail)
{
    return tl::unexpected<Error>(Error(code, std::move(detail)));
}

inline tl::unexpected<Error> failed(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

/// Bad input: the code is InvalidInput and `field` names the input it is about.
inline tl::unexpected<Error> invalid(QString field, QString detail)
{
    return tl::unexpected<Error>(Error(ErrorCode::InvalidInput, std::move(detail)).about(std::move(field)));
}

/// The failure inside `result`, told to have happened while doing `gerund`.
template <class T>
tl::unexpected<Error> failed(Result<T>&& result, QStringView gerund)
{
    return tl::unexpected<Error>(std::move(result).error().during(gerund));
}

} // namespace base
