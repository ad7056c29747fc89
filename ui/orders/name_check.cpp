// SPDX-License-Identifier: Apache-2.0
#include "ui/orders/name_check.h"

#include "lifecycle/certificate_manager.h"
#include "ui/common/error_text.h"
#include "ui/common/flow_layout.h"
#include "ui/common/remembered_header.h"
#include "ui/common/widgets.h"
#include "ui/orders/finding_list_model.h"
#include "ui/orders/proof_words.h"

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLineEdit>
#include <QTreeView>

namespace ui {
namespace {

using namespace Qt::StringLiterals;
using challenge::Finding;

constexpr int listHeight = 190;
constexpr int hostWidth = 220;

} // namespace

NameCheck::NameCheck(Workspace& workspace, Question question, Search search, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_question(std::move(question))
    , m_search(std::move(search))
    , m_model(new FindingListModel(this))
    , m_check(makeButton(tr("C&heck the names"), u"nameCheck"_s, u"search"_s))
    , m_cancel(makeButton(tr("Stop checkin&g"), u"nameCheckStop"_s, u"stop"_s))
    , m_host(new QLineEdit)
    , m_summary(makeFaint(tr("Looks at the names as the authority will. Orders nothing.")))
    , m_list(new QTreeView)
    , m_sentence(makeLabel(QString(), QString(), true))
    , m_suggestion(makeLabel(QString(), QString(), true))
    , m_use(makeButton(tr("U&se this way"), u"nameCheckUse"_s))
{
    prepareList(m_list, u"nameCheckFindings"_s, tr("Findings about the names"));
    m_list->setModel(m_model);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setFixedHeight(listHeight);
    rememberHeader(m_list, m_workspace.settings, {90, 125, 170, 175});
    m_summary->setObjectName(u"nameCheckSummary"_s);
    m_sentence->setObjectName(u"nameCheckSentence"_s);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(makeButtons());
    layout->addWidget(m_summary);
    layout->addWidget(m_list);
    layout->addWidget(m_sentence);
    layout->addWidget(makeSuggestion());
    connect(m_check, &QPushButton::clicked, this, &NameCheck::begin);
    connect(m_cancel, &QPushButton::clicked, this, [this] { m_stop.request_stop(); });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &NameCheck::showSentence);
    connect(m_use, &QPushButton::clicked, this, [this] {
        const auto way = m_suggested; // choosing it clears this page of what was found
        if (way)
            Q_EMIT wayChosen(*way);
    });
    clear();
}

NameCheck::~NameCheck()
{
    m_stop.request_stop();
}

QWidget* NameCheck::makeButtons()
{
    auto* row = new QWidget;
    m_host->setObjectName(u"nameCheckHost"_s);
    m_host->setAccessibleName(tr("Also look from this host, by ssh"));
    m_host->setPlaceholderText(tr("also from a host, by ssh"));
    m_host->setToolTip(tr("A host that ssh reaches without asking: what its dig and curl see, the CA may see too."));
    m_host->setMinimumWidth(hostWidth);
    auto* layout = new FlowLayout(row);
    layout->addWidget(m_check);
    layout->addWidget(m_cancel);
    layout->addWidget(m_host);
    return row;
}

QWidget* NameCheck::makeSuggestion()
{
    m_suggestionRow = new QWidget;
    m_suggestion->setObjectName(u"nameCheckSuggestion"_s);
    auto* layout = new QHBoxLayout(m_suggestionRow);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_suggestion, 1);
    layout->addWidget(m_use);
    return m_suggestionRow;
}

void NameCheck::clear()
{
    ++m_generation;
    m_stop.request_stop();
    m_suggested.reset();
    m_model->clear();
    m_summary->setText(tr("Looks at the names as the authority will. Orders nothing."));
    m_list->hide();
    m_suggestionRow->hide();
    showSentence();
    end();
}

void NameCheck::begin()
{
    auto request = m_question();
    if (!request)
        return;
    clear();
    request->fromHost = m_host->text().trimmed();
    m_request = *std::move(request);
    m_stop = std::stop_source();
    m_running = true;
    m_list->show();
    m_check->hide();
    m_cancel->show();
    m_cancel->setFocus();
    showProgress();
    const int generation = m_generation;
    m_workspace.manager.checkNames(
        *m_request,
        [this, generation](const QList<Finding>& findings) {
            if (generation != m_generation || !m_running)
                return;
            m_model->append(findings);
            showProgress();
        },
        this,
        [this, generation](base::Result<QList<Finding>> findings) {
            if (generation == m_generation)
                answered(std::move(findings));
        },
        m_stop.get_token());
}

void NameCheck::end()
{
    const bool hadFocus = m_cancel->hasFocus();
    m_running = false;
    m_cancel->hide();
    m_check->show();
    if (hadFocus)
        m_check->setFocus();
}

void NameCheck::showProgress()
{
    m_summary->setText(tr("Looking… %n finding(s) so far.", nullptr, m_model->rowCount()));
}

void NameCheck::answered(base::Result<QList<Finding>> findings)
{
    end();
    if (!findings && findings.error().code() == base::ErrorCode::Cancelled)
        return m_summary->setText(tr("Stopped. What is listed was found before."));
    if (!findings) {
        m_list->hide();
        return m_summary->setText(explain(findings.error()).sentence());
    }
    const bool working = !lifecycle::obstacleIn(m_request->names, *findings);
    m_model->take(*std::move(findings));
    showSummary();
    m_list->setCurrentIndex(m_model->index(0, 0));
    if (!working)
        lookForAnotherWay();
}

void NameCheck::showSummary()
{
    const auto count = [this](Finding::Verdict verdict) { return m_model->count(verdict); };
    const QString counts = tr("Bad: %1. Warnings: %2. Unknown: %3. Good: %4.")
                               .arg(count(Finding::Verdict::Bad))
                               .arg(count(Finding::Verdict::Warning))
                               .arg(count(Finding::Verdict::Unknown))
                               .arg(count(Finding::Verdict::Good));
    m_summary->setText(count(Finding::Verdict::Bad) > 0 ? tr("%1 You can issue all the same.").arg(counts) : counts);
}

/// The list cuts long sentences off.
void NameCheck::showSentence()
{
    const QModelIndex row = m_list->currentIndex();
    m_sentence->setText(row.isValid() ? row.siblingAtColumn(FindingListModel::Sentence).data().toString() : QString());
    m_sentence->setVisible(row.isValid());
}

void NameCheck::lookForAnotherWay()
{
    const int generation = m_generation;
    lifecycle::ProofSearch search = m_search();
    search.names = m_request->names;
    search.except.append(m_request->proof);
    m_stop = std::stop_source();
    m_workspace.manager.suggestProof(
        search, this,
        [this, generation](base::Result<lifecycle::ProofSuggestion> suggestion) {
            if (generation == m_generation && suggestion)
                suggest(*suggestion);
        },
        m_stop.get_token());
}

void NameCheck::suggest(const lifecycle::ProofSuggestion& suggestion)
{
    m_suggested.reset();
    if (suggestion.found)
        m_suggested = suggestion.found->proof;
    m_suggestion->setText(m_suggested ? tr("%1 would work.").arg(proofText(*m_suggested))
                                      : tr("No other way that is set up would work either."));
    m_use->setVisible(m_suggested.has_value());
    m_suggestionRow->show();
}

} // namespace ui
