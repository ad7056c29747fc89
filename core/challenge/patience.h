// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "dns/resolver.h"

#include <algorithm>
#include <memory>

namespace challenge {

/// Gives somebody up who does not answer several times in a row, or too often between answers, so that thousands of
/// names do not wait for a server that is down.
class Patience {
public:
    /// So many silences in a row are too many.
    explicit Patience(int silences = 8)
        : m_limit(silences * weight)
    {
    }

    bool isOver() const { return m_used >= m_limit; }
    /// Timeout, in words for what is not asked any more.
    base::Error exhausted() const;
    template <class T>
    void note(const base::Result<T>& answer)
    {
        const bool silent = !answer && answer.error().code() == base::ErrorCode::Timeout;
        if (!isOver())
            m_used = silent ? m_used + weight : std::max(0, m_used - 1);
    }

private:
    static constexpr int weight = 8; ///< a silence costs as much as so many answers bring

    int m_limit;
    int m_used = 0;
};

/// A resolver that is not asked any more after several silences in a row.
class PatientResolver final : public dns::Resolver {
public:
    explicit PatientResolver(std::shared_ptr<dns::Resolver> resolver);

    base::Task<base::Result<dns::Lookup>> lookup(QString name, dns::RecordType type, std::stop_token stop) override;

private:
    std::shared_ptr<dns::Resolver> m_resolver;
    Patience m_patience;
};

} // namespace challenge
