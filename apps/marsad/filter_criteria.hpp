#pragma once

#include "marsad/observation/record_criteria.hpp"
#include "marsad/wire/asterix/record_filter.hpp"
#include "options.hpp"

namespace marsad::app {

/// The criteria that the words of the command line say. Throws UsageError that names the option and the right form.
observation::RecordCriteria parse_criteria(const AsterixFilterOptions& options);

/// What to do with the blocks of each category, given what is asked about records beside it.
wire::asterix::RecordFilter::Options filter_options(const AsterixFilterOptions& options,
                                                    const observation::RecordCriteria& criteria);

}  // namespace marsad::app
