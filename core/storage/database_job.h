// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/delivery.h"
#include "base/result.h"

#include <optional>
#include <type_traits>
#include <utility>

namespace storage {

class Connection;

/// Something to do with the database, whose outcome is delivered once it is certain.
class DatabaseJob {
public:
    enum class Access {
        Read,
        Write,
        Alone, ///< outside any transaction
    };

    explicit DatabaseJob(Access access)
        : m_access(access)
    {
    }
    virtual ~DatabaseJob() = default;

    Access access() const { return m_access; }
    /// Does the work and keeps its outcome: whether it succeeded. Called again where others had to be undone.
    virtual bool attempt(Connection& connection) = 0;
    /// Makes `error` the outcome, because the transaction around it failed.
    virtual void fail(const base::Error& error) = 0;
    virtual void deliver() = 0;

private:
    Access m_access;
};

template <class Work>
class DatabaseJobOf final : public DatabaseJob {
public:
    using Outcome = std::invoke_result_t<Work, Connection&>;

    DatabaseJobOf(Access access, Work work, base::Delivery<Outcome> done)
        : DatabaseJob(access)
        , m_work(std::move(work))
        , m_done(std::move(done))
    {
    }

    bool attempt(Connection& connection) override
    {
        m_outcome.emplace(m_work(connection));
        return m_outcome->has_value();
    }
    void fail(const base::Error& error) override { m_outcome.emplace(base::failed(error)); }
    void deliver() override { m_done.deliver(std::move(*m_outcome)); }

private:
    Work m_work;
    base::Delivery<Outcome> m_done;
    std::optional<Outcome> m_outcome;
};

} // namespace storage
