// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "lifecycle/managed_certificate.h"

#include <QDateTime>
#include <QJsonObject>
#include <QString>
#include <QUrl>

#include <optional>

namespace lifecycle {

/// How far an order has come, as stored: the step that a resumed run begins with.
enum class OrderState {
    Prepared, ///< row and key stored; nothing sent, or newOrder's reply never came
    Authorizing, ///< the order URL is known
    Finalizing, ///< every authorization is valid
    Downloading, ///< the certificate URL is known
    Issued,
    Failed,
    Cancelled,
};

QString orderStateName(OrderState state);
OrderState orderStateFromName(QStringView name);
bool isFinished(OrderState state);
/// Whether its authorizations are not known to be valid yet.
bool hasNamesToProve(OrderState state);

/// One run towards one certificate version. A row before it is a request.
struct OrderRecord {
    QString id;
    IssueRequest request; ///< `certificateId` and `accountId` are always set here
    OrderState state = OrderState::Prepared;
    QUrl url; ///< the order's URL at the authority
    QUrl finalizeUrl;
    QUrl certificateUrl;
    QDateTime createdAt;
    QDateTime updatedAt;
    QDateTime newOrderSentAt; ///< null until newOrder was about to be sent
    QDateTime deadline; ///< when we give up waiting
    QString versionId; ///< once issued
    QString profile; ///< the one the authority chose
    QString actor; ///< who asked for it
    std::optional<base::Error> error;
};

/// What interrupts an order until a human at the authority has approved it: InProgress, in the words of the refusal.
base::Error approvalPending(const base::ProblemDocument& refusal);
bool isApprovalPending(const std::optional<base::Error>& error);

/// One thing that happened while an order ran: shown live and kept as the order's history.
struct OrderEvent {
    /// The node of the tree order → authorization → challenge → finalize → download that it is about.
    enum class Subject { Order, Authorization, Challenge, Finalize, Download, Exchange };

    QString orderId;
    int sequence = 0; ///< counts from 1 within the order
    QDateTime at;
    Subject subject = Subject::Order;
    QString identifier; ///< authorization and challenge: the name being proved
    QString challengeType; ///< challenge: "http-01"
    QString state; ///< in ACME's words: "pending", "processing", "valid", "invalid", or "waiting", "retrying"
    QString detail; ///< one sentence, English, for logs and details
    QString token; ///< challenge: the token; public
    QString expectedAt; ///< challenge: the URL or DNS name where the authority looks
    QString expectedValue; ///< challenge: what must be found there; public
    QDateTime nextPollAt; ///< null unless waiting
    std::optional<base::Error> error; ///< with the problem document verbatim
    QJsonObject exchange; ///< Exchange: the redacted request and reply
};

QString orderSubjectName(OrderEvent::Subject subject);
OrderEvent::Subject orderSubjectFromName(QStringView name);

/// One line of the list of orders.
struct OrderRow {
    QString id;
    QString certificateId;
    QStringList names;
    QString authorityName;
    OrderState state = OrderState::Prepared;
    QUrl url;
    QDateTime createdAt;
    QDateTime updatedAt;
    QString error;
    bool awaitsApproval = false; ///< a human at the authority has to approve it; see isApprovalPending()
    bool running = false; ///< by some process right now

    friend bool operator==(const OrderRow&, const OrderRow&) = default;
};

} // namespace lifecycle
